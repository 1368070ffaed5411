import type {KubeletContext} from '../context.js';
import {type PodRecord, specContainers, stateOf} from '../record.js';

export interface InitProgress {
	readonly done: boolean;
	/** The init container whose turn it is. */
	readonly current?: string;
	/** It ended badly and nothing may restart it. */
	readonly failed?: boolean;
}

/** How far the init containers are: each must end well, a sidecar must have started, before the next one's turn. */
export function initProgress({containerd}: KubeletContext, record: PodRecord): InitProgress {
	for (const {kind, spec, sidecar} of specContainers(record.pod)) {
		if (kind !== 'init') continue;
		const state = stateOf(record, spec.name);
		const row = state.id ? containerd.row(state.id) : undefined;
		if (sidecar ? state.started : row?.state === 'exited' && row.exitCode === 0) continue;
		// Once the app containers have been started, a sidecar that is down does not take the pod back to its beginning.
		if (sidecar && (record.pod['spec'].containers as any[]).some(each => stateOf(record, each.name).id)) continue;
		const failed = !sidecar && row?.state === 'exited' && row.exitCode !== 0 && (record.pod['spec'].restartPolicy ?? 'Always') === 'Never';
		return {done: false, current: spec.name, ...(failed && {failed})};
	}

	return {done: true};
}
