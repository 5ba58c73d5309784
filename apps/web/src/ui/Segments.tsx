import { RadioGroup } from 'radix-ui';

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; text: string; hint?: string }[];
}

/** One of a few, all of them in sight. */
export function Segments<T extends string>({ label, value, onChange, options }: SegmentsProps<T>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => {
        const option = options.find((each) => each.value === next);
        if (option) onChange(option.value);
      }}
      className="inline-flex h-7 shrink-0 items-stretch rounded-[7px] border border-line bg-surface"
    >
      {options.map((option, index) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          title={option.hint}
          className={`-my-px px-3 text-[13px] text-ink-2 transition-colors hover:text-ink-1 focus-visible:z-10 data-[state=checked]:bg-ink-1 data-[state=checked]:font-medium data-[state=checked]:text-surface ${index === 0 ? '-ml-px rounded-l-[7px]' : ''} ${index === options.length - 1 ? '-mr-px rounded-r-[7px]' : ''}`}
        >
          {option.text}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
