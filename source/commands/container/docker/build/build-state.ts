import type {Call} from '../verb.js';
import type {BuildContext} from './context.js';
import type {Progress} from './progress.js';
import type {Plan, Stage} from './stages.js';
import type {ImageConfig} from '../../../../node/registry/image-config.js';
import type {ResolvedImage} from '../../../../node/registry/manifest.js';

export interface Build {
	readonly call: Call;
	readonly plan: Plan;
	readonly target: Stage;
	readonly context: BuildContext;
	readonly progress: Progress;
	readonly buildArgs: Readonly<Record<string, string>>;
}

/** A stage so far. */
export interface State {
	readonly image?: ResolvedImage;
	readonly config: ImageConfig;
	readonly args: Readonly<Record<string, string>>;
	readonly commandSet: boolean;
	/** What it follows from: the same key is the same image. */
	readonly key: string;
}
