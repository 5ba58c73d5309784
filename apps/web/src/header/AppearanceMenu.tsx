import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { chooseTheme, themeChoices, useThemeChoice } from '../appearance/theme.ts';
import { languages, switchLanguage } from '../text/language.ts';
import { language, t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { PopoverPanel } from '../ui/PopoverPanel.tsx';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** How the page looks and which language it speaks. */
export function AppearanceMenu() {
  const choice = useThemeChoice();
  const Icon = icons[choice];
  return (
    <PopoverPanel
      label={t.header.appearance}
      className="w-44 p-1"
      trigger={
        <Button
          look="ghost"
          size="icon"
          aria-label={`${t.header.appearance}: ${t.header.themes[choice]}, ${t.header.languages[language]}`}
          title={t.header.appearance}
        >
          <Icon size={16} aria-hidden />
        </Button>
      }
    >
      <Choices title={t.header.theme} value={choice} choices={themeChoices} onChoose={chooseTheme}>
        {(each) => {
          const EachIcon = icons[each];
          return (
            <>
              <EachIcon size={15} aria-hidden className="text-ink-2" />
              <span className="flex-1">{t.header.themes[each]}</span>
            </>
          );
        }}
      </Choices>
      <div className="my-1 border-line border-t" />
      <Choices title={t.header.language} value={language} choices={languages} onChoose={switchLanguage}>
        {(each) => (
          <span lang={each} className="flex-1 pl-[23px]">
            {t.header.languages[each]}
          </span>
        )}
      </Choices>
    </PopoverPanel>
  );
}

interface ChoicesProps<T extends string> {
  title: string;
  value: T;
  choices: readonly T[];
  onChoose: (choice: T) => void;
  children: (choice: T) => ReactNode;
}

function Choices<T extends string>({ title, value, choices, onChoose, children }: ChoicesProps<T>) {
  const titleId = useId();
  return (
    <>
      <p id={titleId} className="px-2 pt-1.5 pb-1 text-ink-2 text-xs">
        {title}
      </p>
      <RadioGroup.Root
        aria-labelledby={titleId}
        value={value}
        onValueChange={(next) => {
          const chosen = choices.find((each) => each === next);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {choices.map((each) => (
          <RadioGroup.Item
            key={each}
            value={each}
            className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-sunken"
          >
            {children(each)}
            <RadioGroup.Indicator>
              <Check size={14} aria-hidden />
            </RadioGroup.Indicator>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </>
  );
}
