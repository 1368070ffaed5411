import type {AppAction, AppState} from '../state/app-state.js';
import type {CardChapter} from '../../lab/card.js';
import type {LabRun} from '../run/lab-run.js';
import type {RunView} from '../run/view.js';
import type {Settings} from '../state/settings.js';

/** Everything the screen needs from outside: the disk, the process, a new cluster. `cli` hands it in. */
export interface AppPorts {
	readonly chapters: readonly CardChapter[];
	best(): Readonly<Record<string, {readonly best: number; readonly max: number}>>;
	/** The lab that was opened last. */
	last?(): string | undefined;
	/** Reads the lab and starts its cluster; rejects when the lab is not valid. */
	openLab(id: string): Promise<LabRun>;
	keepSettings(settings: Settings): void;
	/** To the clipboard of whoever sits there. */
	copy?(text: string): void;
	/** Ends the screen: for good, to hand the terminal to the learner's own editor, or because something went wrong. */
	leave(why: 'quit' | 'editor' | Error): void;
}

export interface AppSnapshot {
	readonly state: AppState;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly run?: RunView;
}

/** The application as the keys act on it. */
export interface Store {
	readonly ports: AppPorts;
	/** The lab that is played. */
	readonly run: LabRun | undefined;
	get(): AppSnapshot;
	do(action: AppAction): void;
	/** Opens a lab from the list. */
	openOrLeave(id: string): void;
	/** One step back: from a lab to the list, from the list out. */
	goBack(): void;
}
