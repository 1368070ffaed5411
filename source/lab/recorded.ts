import type {Session} from '../shell/session/session.js';
import type {Timeline} from '../timeline/timeline.js';

/**
 * The same session, but what is typed in it becomes a step of the timeline. A second terminal (`late`) belongs to the history only once
 * something is typed in it: whoever replays it opens it no sooner.
 */
export function recorded(session: Session, timeline: Timeline, late: boolean): Session {
	let attached = !late;
	if (attached) timeline.attach(session);
	const join = () => {
		if (!attached) timeline.attach(session);
		attached = true;
	};
	const run: Session['run'] = async (text, options) => {
		join();
		const end = timeline.begin(text);
		try {
			return await session.run(text, options);
		} finally {
			end();
		}
	};
	// Whoever puts back what was typed there brings it into the history.
	const restore: Session['restore'] = saved => {
		join();
		session.restore(saved);
	};
	return Object.create(session, {run: {value: run}, endOfInput: {value: () => run('exit')}, restore: {value: restore}});
}
