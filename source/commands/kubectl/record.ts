import type {KubeObject} from '../../api/object.js';
import type {Flag} from './flags/flag.js';
import type {DryRun} from './resource/dry-run.js';
import type {Target} from './resource/target.js';
import type {Call} from './verb.js';

const annotation = 'kubernetes.io/change-cause';

/** Deprecated and in no help text since long, but still taken: many notes and exams have it. */
export const recordFlag: readonly Flag[] = [['record', 'bool', 'false']];

/** What `--record` writes: the command line, its flags last (genericclioptions: RecordFlags). */
function changeCause({flags, path, args}: Call): string | undefined {
	if (!flags.bool('record')) return undefined;
	return [path, ...args, ...flags.typed().map(([name, value]) => `--${name}=${value}`)].join(' ');
}

/** The object with the command line noted, ready to be sent. */
export function recorded<T extends KubeObject>(call: Call, object: T): T {
	const cause = changeCause(call);
	if (cause === undefined) return object;
	return {...object, metadata: {...object.metadata, annotations: {...object.metadata.annotations, [annotation]: cause}}};
}

/** A patch of its own, from verbs that do not send the object. */
export function recordApart(call: Call, {kind, namespace, name}: Target, dryRun: DryRun): void {
	const cause = changeCause(call);
	if (cause === undefined || dryRun !== 'none') return;
	call.session.patch(kind, namespace, name, 'merge', {metadata: {annotations: {[annotation]: cause}}}, {});
}
