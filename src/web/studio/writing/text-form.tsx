import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { CleanHtml } from '../../../html.ts';
import { assets } from '../../assets.ts';
import type { Fault } from '../frame.tsx';
import { Reason } from '../frame.tsx';

interface TextFormProps {
  /** Where the text is sent to, and where it is kept as a draft while it is typed. */
  readonly action: string;
  readonly drafts: string;
  /** Whose text it is and which, by random ids: the name under which a device keeps it. */
  readonly kept: string;
  /** Markdown. */
  readonly text: string;
  /** The same text, for the editor; null where that cannot hold it. */
  readonly html: CleanHtml | null;
  /** What the text was made from, in hidden fields: the state, the draft. */
  readonly from: Readonly<Record<string, string | number>>;
  /** The names of fields among `before` and `children` that are kept with the text. */
  readonly fields?: readonly string[];
  readonly language: string | null;
  /** The path below which its pictures are, and where new ones are added, for whom that may. */
  readonly images?: string;
  readonly pictures?: string;
  /** Whether it was brought together of several, so that nothing a device kept may come before it. */
  readonly isMerged?: boolean | undefined;
  readonly hint: Child;
  readonly fault?: Fault | undefined;
  readonly rows?: number;
  readonly before?: Child;
  readonly children?: Child;
}

/**
 * A form in which a text is written: with scripts in the editor (`src/editor/`), which keeps what is typed on the device
 * and as a draft; without them in its text area, with the same text.
 */
export const TextForm: FC<TextFormProps> = (props) => (
  <form
    method="post"
    action={props.action}
    class="studio-form"
    data-kept={props.kept}
    data-drafts={props.drafts}
    data-fields={props.fields?.join(' ')}
    data-sources={Object.keys(props.from).join(' ')}
    data-images={props.images}
    data-pictures={props.pictures}
    data-merged={props.isMerged === true ? 'yes' : undefined}
    data-language={props.language ?? 'en'}
  >
    <script src={assets.editor} defer />
    {props.html !== null && <template>{raw(props.html)}</template>}
    {Object.entries(props.from).map(([name, value]) => (
      <input type="hidden" name={name} value={String(value)} />
    ))}
    {props.before}
    <p class="field">
      <label for="text">Text</label>
      <textarea
        id="text"
        name="text"
        class="writing"
        rows={props.rows ?? 22}
        lang={props.language ?? undefined}
        dir="auto"
        spellcheck={true}
        aria-describedby={props.fault === undefined ? 'text-hint' : 'text-hint text-fault'}
      >
        {`\n${props.text}`}
      </textarea>
      <span class="hint" id="text-hint">
        {props.hint}
      </span>
    </p>
    <Reason id="text-fault" fault={props.fault} />
    {props.children}
  </form>
);

/** How text is marked, where there is no toolbar. */
export const signsHint =
  'An empty line ends a paragraph, a \\ at the end of a line breaks it. *One star* leans, **two** are bold; *** alone parts scenes.';
