// Sets the theme that the reader chose (theme/themeChoice.ts writes the same key) before anything is drawn.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('vethscope-theme') ?? 'system';
  } catch {
    // Storage may be forbidden: then the system decides.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
