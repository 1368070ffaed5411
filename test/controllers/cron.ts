import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {run} from '../../scripts/conformance/cron.js';
import {parseCron} from '../../source/api/values/cron.js';
import {parseRfc3339, rfc3339} from '../../source/api/values/time.js';
import {findTimeZone} from '../../source/api/values/time-zone.js';

const table = new URL('../../../shared/conformance/cron.jsonl', import.meta.url);
const next = (schedule: string, after: string, zone = 'UTC'): string => {
	const at = parseCron(schedule, findTimeZone(zone)).next(parseRfc3339(after)!);
	return at === undefined ? 'never' : rfc3339(at);
};

test('schedules as robfig/cron reads them', t => {
	if (!existsSync(table)) {
		t.log('shared/conformance/cron.jsonl is not here: skipped');
		t.pass();
		return;
	}

	const lines = readFileSync(table, 'utf8').trim().split('\n');
	const {failed, total} = run(lines.map(line => JSON.parse(line)));
	t.deepEqual(failed, []);
	t.is(total, lines.length);
});

test('the two day fields: either, unless one is left open', t => {
	t.is(next('0 0 13 * 5', '2026-11-01T00:00:00Z'), '2026-11-06T00:00:00Z');
	t.is(next('0 0 13 * *', '2026-11-01T00:00:00Z'), '2026-11-13T00:00:00Z');
	t.is(next('0 0 30 2 *', '2026-11-01T00:00:00Z'), 'never');
	t.is(next('@every 90m', '2026-11-01T00:00:30Z'), '2026-11-01T01:30:30Z');
});

test('an hour that summer time skips is not made up, one that it repeats comes twice', t => {
	t.is(next('30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin'), '2026-03-30T00:30:00Z');
	t.is(next('30 2 * * *', '2026-10-24T12:00:00Z', 'Europe/Berlin'), '2026-10-25T00:30:00Z');
	t.is(next('30 2 * * *', '2026-10-25T00:30:00Z', 'Europe/Berlin'), '2026-10-25T01:30:00Z');
});

for (const text of ['61 * * * *', '* * * *', '*/0 * * * *', '5-1 * * * *', 'x * * * *', '@often']) {
	test(`refused: ${text}`, t => {
		t.throws(() => parseCron(text));
	});
}

test('offsets agree with the system, zone by zone', t => {
	const format = (zone: string) => new Intl.DateTimeFormat('en-US', {timeZone: zone, timeZoneName: 'longOffset'});
	for (const zone of [
		'Europe/Berlin',
		'America/New_York',
		'America/St_Johns',
		'Australia/Lord_Howe',
		'Asia/Kolkata',
		'Asia/Shanghai',
		'Pacific/Chatham',
	]) {
		const formatter = format(zone);
		for (let month = 0; month < 12; month++) {
			const at = Date.UTC(2026, month, 27, 13, 0, 0);
			const text = formatter.formatToParts(at).find(({type}) => type === 'timeZoneName')!.value;
			const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
			const wanted = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
			t.is(findTimeZone(zone)!.offsetAt(at), wanted, `${zone} in month ${month + 1}`);
		}
	}

	t.is(findTimeZone('Mars/Olympus'), undefined);
});
