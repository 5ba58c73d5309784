import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { chooseTheme, themeChoices, useThemeChoice } from '../appearance/theme.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { PopoverPanel } from '../ui/PopoverPanel.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeMenu() {
  const choice = useThemeChoice();
  const Icon = icons[choice];
  return (
    <PopoverPanel
      label={t.header.theme}
      className="w-40 p-1"
      trigger={
        <Button
          look="ghost"
          size="icon"
          aria-label={`${t.header.theme}: ${t.header.themes[choice]}`}
          title={t.header.theme}
        >
          <Icon size={16} aria-hidden />
        </Button>
      }
    >
      <RadioGroup.Root
        aria-label={t.header.theme}
        value={choice}
        onValueChange={(next) => chooseTheme(themeChoices.find((each) => each === next) ?? 'system')}
      >
        {themeChoices.map((each) => {
          const EachIcon = icons[each];
          return (
            <RadioGroup.Item
              key={each}
              value={each}
              className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-sunken"
            >
              <EachIcon size={15} aria-hidden className="text-ink-2" />
              <span className="flex-1">{t.header.themes[each]}</span>
              <RadioGroup.Indicator>
                <Check size={14} aria-hidden />
              </RadioGroup.Indicator>
            </RadioGroup.Item>
          );
        })}
      </RadioGroup.Root>
    </PopoverPanel>
  );
}
