import {draw} from './draw.js';
import {readOn} from './files.js';
import {type Pager, redraw, type Steps, toEnd} from './pager.js';
import {plainAgain, standoutOn} from './row.js';

const lookMs = 1000;

/** `F`: shows what is added, as `tail -f`, until ctrl-c. */
export function* follow(pager: Pager): Steps {
	yield* toEnd(pager);
	const waiting = `${standoutOn}Waiting for data... (interrupt to abort)${plainAgain}`;
	draw(pager, waiting);
	for (;;) {
		const key: string | undefined = pager.ahead.shift() ?? (yield {press: {withinMs: lookMs}});
		if (key === undefined || key === 'ctrl-c' || key === 'ctrl-x') break;
		if (key === 'redraw') redraw(pager);
		else if (!readOn(pager)) continue;
		yield* toEnd(pager);
		draw(pager, waiting);
	}
	redraw(pager);
}
