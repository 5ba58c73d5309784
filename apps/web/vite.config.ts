import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

/** In development the page is served by vite, and asks an agent that runs beside it: VETHSCOPE_AGENT, or the default port of this host. */
export default defineConfig(({ mode }) => {
  const agent = loadEnv(mode, '.', 'VETHSCOPE_').VETHSCOPE_AGENT ?? 'http://127.0.0.1:7373';
  return {
    plugins: [react(), tailwindcss()],
    server: {
      host: '127.0.0.1',
      // The agent knows its own name only (a guard against DNS rebinding), so the request has to carry it.
      proxy: { '/api': { target: agent, changeOrigin: true, headers: { origin: agent } } },
    },
    // What a worker needs for one job alone (the writer of PDFs) is a file of its own.
    worker: { format: 'es' },
    build: {
      outDir: 'dist',
      target: 'es2022',
      // The policy of the agent allows no inline script, and polyfilling preloads needs one in some browsers that are not targeted here.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
              { name: 'canvas', test: /node_modules[\\/](@xyflow|d3-[a-z]+|classcat)[\\/]/ },
            ],
          },
        },
      },
    },
  };
});
