import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { DialogPanel } from '../ui/DialogPanel.tsx';
import { Keys } from '../ui/Keys.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { shortcuts, shownKeys } from './shortcuts.ts';

export default function HelpDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { open } = usePageActions();
  return (
    <DialogPanel
      open
      onOpenChange={onOpenChange}
      title={t.help.title}
      description={t.help.description}
      closeLabel={t.close}
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {(['view', 'go', 'map'] as const).map((group) => (
          <section key={group} className={group === 'view' ? 'sm:order-1 sm:row-span-2' : ''}>
            <h3 className="mb-1.5 font-semibold">{t.help.groups[group]}</h3>
            <ul>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, action }) => (
                  <li key={keys} className="flex items-center justify-between gap-3 py-0.5">
                    <span>{t.help.shortcuts[action]}</span>
                    <Keys keys={shownKeys(keys)} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <section className="mt-5">
        <h3 className="mb-1.5 font-semibold">{t.help.expressions}</h3>
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1">
          {t.help.examples.map(({ expression, meaning }) => (
            <div key={expression} className="col-span-2 grid grid-cols-subgrid items-baseline">
              <dt>
                <code className="font-mono text-xs">{expression}</code>
              </dt>
              <dd className="text-ink-2">{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Button className="mt-5" onClick={() => open('tour')}>
        {t.help.tour}
      </Button>
    </DialogPanel>
  );
}
