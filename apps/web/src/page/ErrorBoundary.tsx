import { Component, type ReactNode } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';

interface ErrorBoundaryProps {
  /** Another value draws the part again: what broke for one selection may do for the next. */
  resetKey: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  error: Error | null;
  resetKey: string;
}

/** A part of the page that broke says so, and leaves the others standing. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const text = `${error.name}: ${error.message}\n${error.stack ?? ''}`;
    return (
      <div role="alert" className="h-full overflow-auto bg-surface p-6">
        <h2 className="font-semibold text-base">{t.page.crashedTitle}</h2>
        <p className="mt-1 max-w-prose text-ink-2">{t.page.crashed}</p>
        <div className="mt-3 flex max-w-3xl items-start gap-1 rounded-lg border border-line bg-sunken p-3">
          <pre className="min-w-0 flex-1 overflow-auto whitespace-pre-wrap break-words font-mono text-[11px]">
            {text.slice(0, 2000)}
          </pre>
          <CopyButton text={text} label={t.copy} doneLabel={t.copied} />
        </div>
        <Button className="mt-3" onClick={() => this.setState({ error: null })}>
          {t.page.again}
        </Button>
      </div>
    );
  }
}
