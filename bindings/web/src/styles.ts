// How the form looks. A page themes it by the custom properties of `:host`, in styles/theme.ts, and by parts.

import { answers } from "./styles/answers.ts";
import { base } from "./styles/base.ts";
import { cards } from "./styles/cards.ts";
import { entries } from "./styles/entries.ts";
import { form } from "./styles/form.ts";
import { frame } from "./styles/frame.ts";
import { modes } from "./styles/modes.ts";
import { plan } from "./styles/plan.ts";
import { print } from "./styles/print.ts";
import { theme } from "./styles/theme.ts";
import { tree } from "./styles/tree.ts";

// Later ones hold where two say something about the same.
export const styles = [theme, base, frame, form, entries, answers, cards, tree, plan, print, modes];
