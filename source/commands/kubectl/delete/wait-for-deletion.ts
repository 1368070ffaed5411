import {failure} from '../failure.js';
import type {Steps} from '../resource/files.js';
import type {Target} from '../resource/target.js';
import type {Call} from '../verb.js';

/** How often it is looked whether something is gone, in virtual time. */
const lookEveryMs = 100;
const weekMs = 7 * 24 * 3_600_000;

/** Until each is gone, or another object has taken its name. `timeoutMs` 0: a week, as kubectl waits. */
export function* waitForDeletion(
	call: Call,
	deleted: ReadonlyArray<{target: Target; uid: string | undefined}>,
	timeoutMs: number,
): Steps<void> {
	const {session} = call;
	const endMs = session.nowMs + (timeoutMs > 0 ? timeoutMs : weekMs);
	for (const {target, uid} of deleted) {
		for (;;) {
			const present = session.find(target.kind, target.namespace, target.name);
			if (!present || (uid !== undefined && present.metadata.uid !== uid)) break;
			if (session.nowMs >= endMs) throw failure(`timed out waiting for the condition on ${target.kind.plural}/${target.name}`);
			yield {sleepMs: Math.min(lookEveryMs, endMs - session.nowMs)};
		}
	}
}
