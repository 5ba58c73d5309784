import type { Connection } from '../api/connection.ts';
import { reconnect } from '../api/live.ts';
import { Mark } from '../header/Mark.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { useNow } from '../ui/useNow.ts';

/** There is nothing to show, and no line to get it by: why, and what to do. */
export function NoPicture({ connection }: { connection: Connection & { phase: 'lost' | 'refused' } }) {
  const now = useNow(1000);
  const token = connection.phase === 'refused' && connection.error.code === 'tokenRequired';
  const refused = connection.phase === 'refused';
  const title = token ? t.page.tokenTitle : refused ? t.page.refusedTitle : t.page.unreachableTitle;
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-auto p-6 pb-[14vh]">
      <div className="w-full max-w-[460px]">
        <Mark size={36} />
        <h2 className="mt-4 font-semibold text-lg">{title}</h2>
        {token ? (
          <p className="mt-1.5 text-ink-2">{t.page.token}</p>
        ) : refused ? (
          <>
            <p className="mt-1.5">{connection.error.message}</p>
            {connection.error.where && (
              <p className="mt-1 break-all font-mono text-[11.5px] text-ink-2">{connection.error.where}</p>
            )}
            {connection.error.fix && <p className="mt-1 text-ink-2">{connection.error.fix}</p>}
          </>
        ) : (
          <>
            <p className="mt-1.5 mb-3 text-ink-2">{t.page.unreachable}</p>
            <CommandLine command={t.startCommand} copyLabel={t.copy} doneLabel={t.copied} />
          </>
        )}
        <div className="mt-5 flex items-center gap-3">
          <Button onClick={refused ? () => location.reload() : reconnect}>
            {refused ? t.page.reload : t.connection.tryNow}
          </Button>
          {connection.phase === 'lost' && (
            <p role="status" className="text-ink-2 text-xs">
              {connection.error &&
                connection.error.message !== t.page.unreachableTitle &&
                `${connection.error.message} `}
              {t.connection.nextTry} {t.connection.inSeconds(Math.ceil((connection.retryAt - now) / 1000))}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
