import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { useEffect } from 'react';
import { goLive, queryClient } from '../api/live.ts';
import { TipProvider } from '../ui/Tip.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Workspace } from './Workspace.tsx';

export function Page() {
  useEffect(goLive, []);
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <TipProvider>
          <ErrorBoundary resetKey="page">
            <Workspace />
          </ErrorBoundary>
        </TipProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
