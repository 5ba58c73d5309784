import { type Lens, lenses } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { pictureFormats } from '@vethscope/picture';
import { type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import { t } from '../text/text.ts';
import { Check } from '../ui/Check.tsx';
import { Segments } from '../ui/Segments.tsx';
import { type Choices, isDrawn, type OnPage } from './order.ts';
import { namedSubjects, subjectKey, subjectOfKey } from './subjects.ts';

interface OptionsProps {
  snapshot: Snapshot;
  choices: Choices;
  onPage: OnPage;
  /** The words of the explorer's question. */
  path: { from: string; to: string } | null;
  selection: string | null;
  onChange: (part: Partial<Choices>) => void;
}

const lensOptions = lenses.map((lens) => ({ value: lens, text: t.header.lenses[lens] }));
const themeOptions = (['light', 'dark'] as const).map((theme) => ({ value: theme, text: t.header.themes[theme] }));
const scaleOptions = (['1', '2', '4'] as const).map((scale) => ({ value: scale, text: t.pictures.scales[scale] }));
const field = 'h-8 w-full min-w-0 rounded-lg border border-line bg-surface px-2 text-[13px]';

/** What a picture is to be. What a format knows nothing of is not offered with it. */
export function Options({ snapshot, choices, onPage, path, selection, onChange }: OptionsProps) {
  const ids = { of: useId(), format: useId(), caption: useId() };
  const first = useRef<HTMLSelectElement>(null);
  // Who opened the dialog by a key chooses by keys.
  useEffect(() => first.current?.focus(), []);
  const words = t.pictures;
  const { format } = choices;
  const drawn = isDrawn(format);
  const ofDifference = choices.subject.kind === 'difference';
  const formats = ofDifference ? pictureFormats.filter(isDrawn) : pictureFormats;
  const hasCaption = drawn || format === 'markdown';
  return (
    <fieldset className="flex min-w-0 flex-col gap-3.5">
      <legend className="sr-only">{words.options}</legend>
      <Field label={words.of} htmlFor={ids.of}>
        <select
          ref={first}
          id={ids.of}
          value={subjectKey(choices.subject)}
          onChange={({ target }) => onChange({ subject: subjectOfKey(target.value) })}
          className={field}
        >
          <SubjectOptions snapshot={snapshot} onPage={onPage} path={path} selection={selection} />
        </select>
      </Field>
      <Field label={words.format} htmlFor={ids.format}>
        <select
          id={ids.format}
          value={format}
          onChange={({ target }) => onChange({ format: pictureFormats.find((each) => each === target.value) ?? 'svg' })}
          className={field}
        >
          {formats.map((each) => (
            <option key={each} value={each}>
              {words.formats[each]}
            </option>
          ))}
        </select>
      </Field>
      <Row label={t.header.lens}>
        <Segments<Lens>
          label={t.header.lens}
          value={choices.lens}
          onChange={(lens) => onChange({ lens })}
          options={lensOptions}
        />
      </Row>
      {format !== 'json' && (
        <Row label={words.theme}>
          <Segments
            label={words.theme}
            value={choices.theme}
            onChange={(theme) => onChange({ theme })}
            options={themeOptions}
          />
        </Row>
      )}
      {format === 'png' && (
        <Row label={words.scale}>
          <Segments
            label={words.scale}
            value={choices.scale}
            onChange={(scale) => onChange({ scale })}
            options={scaleOptions}
          />
        </Row>
      )}
      {drawn && (
        <div className="flex flex-col gap-1.5">
          <Check checked={choices.transparent} onChange={(transparent) => onChange({ transparent })}>
            {words.transparent}
          </Check>
          <Check checked={choices.legend} onChange={(legend) => onChange({ legend })}>
            {words.legend}
          </Check>
        </div>
      )}
      {hasCaption && (
        <Field label={words.caption} htmlFor={ids.caption}>
          <input
            id={ids.caption}
            value={choices.caption}
            maxLength={300}
            placeholder={words.captionHint}
            onChange={({ target }) => onChange({ caption: target.value })}
            className={`${field} placeholder:text-ink-2`}
          />
        </Field>
      )}
      {!ofDifference && (
        <fieldset>
          <legend className="mb-1.5 text-ink-2 text-xs">{words.mask}</legend>
          <div className="flex gap-5">
            <Check checked={choices.maskNames} onChange={(maskNames) => onChange({ maskNames })}>
              {words.maskNames}
            </Check>
            <Check checked={choices.maskAddresses} onChange={(maskAddresses) => onChange({ maskAddresses })}>
              {words.maskAddresses}
            </Check>
          </div>
          {(choices.maskNames || choices.maskAddresses) && (
            <p className="mt-1.5 text-ink-2 text-xs">{words.maskNote}</p>
          )}
        </fieldset>
      )}
    </fieldset>
  );
}

function SubjectOptions({ snapshot, onPage, path, selection }: Omit<OptionsProps, 'choices' | 'onChange'>) {
  const words = t.pictures.subjects;
  const { networks, projects } = useMemo(() => namedSubjects(snapshot), [snapshot]);
  return (
    <>
      <option value="whole">{words.whole}</option>
      {(onPage.view || onPage.selection || onPage.before || path) && (
        <optgroup label={words.here}>
          {onPage.view && <option value="view">{words.view}</option>}
          {onPage.selection && <option value="selection">{words.selection(nameOf(snapshot, selection))}</option>}
          {onPage.before && <option value="difference">{words.difference}</option>}
          {path && <option value="path">{words.path(path.from, path.to)}</option>}
        </optgroup>
      )}
      {(['network', 'project'] as const).map((kind) => {
        const names = kind === 'network' ? networks : projects;
        if (names.length === 0) return null;
        return (
          <optgroup key={kind} label={words[kind]}>
            {names.map((name) => (
              <option key={name} value={subjectKey({ kind, name })}>
                {name.slice(0, 60)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </>
  );
}

function nameOf({ records }: Snapshot, id: string | null): string {
  const port = records.publishedPort[id ?? ''];
  const named = records.container[id ?? ''] ?? records.network[id ?? ''] ?? records.link[id ?? ''];
  return (named?.name ?? (port ? `${port.hostPort ?? port.containerPort}/${port.protocol}` : (id ?? ''))).slice(0, 60);
}

function Field({ label, htmlFor, children }: { label: string; htmlFor: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={htmlFor} className="mb-1 block text-ink-2 text-xs">
        {label}
      </label>
      {children}
    </div>
  );
}

/** For what has a name of its own. */
function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span aria-hidden className="text-ink-2 text-xs">
        {label}
      </span>
      {children}
    </div>
  );
}
