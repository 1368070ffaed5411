import type {Session} from '../shell/session.js';
import type {Timeline} from '../timeline/timeline.js';

/** The same session, but what is typed in it becomes a step of the timeline. */
export function recorded(session: Session, timeline: Timeline): Session {
	timeline.attach(session);
	const run: Session['run'] = async (text, options) => {
		const end = timeline.begin(text);
		try {
			return await session.run(text, options);
		} finally {
			end();
		}
	};
	return Object.create(session, {run: {value: run}, endOfInput: {value: () => run('exit')}});
}
