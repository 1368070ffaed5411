import {childOf} from './stopping.js';
import type {Time} from './time.js';

/** What was waited for did not come in time. */
export const late = Symbol('late');

/** A second line of waiting beside `act`, whichever ends first cuts the other off. */
export async function withDeadline<T>(
	time: Time,
	ms: number,
	signal: AbortSignal | undefined,
	act: (signal: AbortSignal) => Promise<T>,
): Promise<T | typeof late> {
	const {controller: acting, free: freeActing} = childOf(signal);
	const {controller: alarm, free: freeAlarm} = childOf(signal);
	let isLate = false;
	time.enter('background');
	void time
		.sleep(ms, alarm.signal)
		.then(() => {
			isLate = true;
			acting.abort();
		})
		.catch(() => undefined)
		.finally(() => time.leave('background'));
	try {
		const value = await act(acting.signal);
		return isLate ? late : value;
	} catch (error) {
		if (!isLate) throw error;
		return late;
	} finally {
		freeActing();
		freeAlarm();
		alarm.abort();
	}
}
