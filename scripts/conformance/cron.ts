import {parseCron} from '../../source/api/values/cron.js';
import {parseRfc3339, rfc3339} from '../../source/api/values/time.js';
import {findTimeZone} from '../../source/api/values/time-zone.js';
import {type Line, type Result, tally} from './case.js';

/** Schedules of CronJobs: the next activations, or the error the API server quotes. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expected}) => {
		const found = evaluate(given, expected.next?.length ?? 0);
		const wanted = expected.error ?? JSON.stringify(expected.next);
		return found === wanted || `${JSON.stringify(given)}: ${found}, not ${wanted}`;
	});
}

function evaluate({schedule, timeZone, after}: {schedule: string; timeZone?: string; after?: string}, count: number): string {
	try {
		const {next} = parseCron(schedule, findTimeZone(timeZone ?? 'UTC'));
		const times: string[] = [];
		for (let at = next(parseRfc3339(after ?? '2026-11-21T02:00:00Z')!); at !== undefined && times.length < count; at = next(at)) {
			times.push(rfc3339(at));
		}

		return JSON.stringify(times);
	} catch (error) {
		return (error as Error).message;
	}
}
