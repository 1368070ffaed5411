import {strftime} from '../../../../sim/strftime.js';
import type {HttpAnswer} from '../../../http/answer.js';
import {goAnswer, goRedirect} from '../../go/answer.js';
import {goDuration} from '../../go/flags.js';
import {goJson} from '../../go/json.js';
import {goLog} from '../../go/log.js';
import {formOf, hostPort, sortedFields} from '../../go/request.js';
import type {Asked} from './asked.js';
import {dial} from './dial.js';

/** What it answers; nothing when it has ended before it could. */
type Handler = (asked: Asked) => HttpAnswer | undefined;

const nowOf = ({context}: Asked): number => context.machine.sim.clock.now();

/** All that has no handler of its own. */
export const root: Handler = asked => {
	goLog(asked.context, 'GET /');
	const nowMs = nowOf(asked);
	const runsMs = nowMs - (asked.context.memory?.startedMs ?? nowMs);
	const fraction =
		nowMs % 1000 === 0
			? ''
			: `.${String(nowMs % 1000)
					.padStart(3, '0')
					.replace(/0+$/, '')}`;
	const monotonic = `${Math.floor(runsMs / 1000)}.${String((runsMs % 1000) * 1_000_000).padStart(9, '0')}`;
	return goAnswer(nowMs, `NOW: ${strftime('%Y-%m-%d %H:%M:%S', nowMs)}${fraction} +0000 UTC m=+${monotonic}`);
};

const hostname =
	(path: string): Handler =>
	asked => {
		goLog(asked.context, `GET ${path}`);
		return goAnswer(nowOf(asked), asked.context.machine.hostname);
	};

const echo: Handler = asked => {
	const form = formOf(asked.request);
	const [message, code] = [form.get('msg') ?? '', form.get('code') ?? ''];
	goLog(asked.context, `GET /echo?msg=${message}&code=${code}`);
	if (code !== '' && !/^\d+$/.test(code))
		return goAnswer(nowOf(asked), `argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`);
	return goAnswer(nowOf(asked), message, {status: Number(code || 200)});
};

const exit: Handler = asked => {
	const form = formOf(asked.request);
	const [wait, timeout, code] = ['wait', 'timeout', 'code'].map(name => form.get(name) ?? '') as [string, string, string];
	goLog(asked.context, `GET /exit?code=${code}&timeout=${timeout}&wait=${wait}`);
	for (const [name, value] of [
		['timeout', timeout],
		['wait', wait],
	] as const)
		if (value !== '' && goDuration(value) === undefined)
			return goAnswer(nowOf(asked), `argument '${name}' must be a valid golang duration or empty, got ${JSON.stringify(value)}\n`);
	if (code !== '' && !/^-?\d+$/.test(code))
		return goAnswer(nowOf(asked), `argument 'code' must be an integer [0-127] or empty, got ${JSON.stringify(code)}\n`);
	goLog(
		asked.context,
		`Will begin shutdown in ${wait || '0s'}, allowing ${timeout || '0s'} for connections to close, then will exit with ${Number(code)}`,
	);
	const waitMs = goDuration(wait || '0') ?? 0;
	if (waitMs === 0) asked.context.exit(Number(code));
	else asked.context.wake(waitMs, `leave ${Number(code)}`);
	return undefined;
};

const shell: Handler = asked => {
	const form = formOf(asked.request);
	const command = form.get('shellCommand') || form.get('cmd') || '';
	const {machine} = asked.context;
	goLog(asked.context, `GET /shell?cmd=${command}`);
	const {stdout, stderr, exitCode} = machine.world.runtime(machine.host).execNow(machine.container, ['/bin/sh', '-c', command]);
	const output = `${stdout}${stderr}`;
	const result = {...(exitCode !== 0 && {error: `exit status ${exitCode}`}), ...(output !== '' && {output})};
	goLog(
		asked.context,
		`Output: map[${Object.entries(result)
			.map(([key, value]) => `${key}:${value}`)
			.join(' ')}]`,
	);
	return goAnswer(nowOf(asked), goJson(result));
};

const header: Handler = asked => {
	const key = formOf(asked.request).get('key') ?? '';
	goLog(asked.context, key === '' ? 'GET /header' : `GET /header?key=${key}`);
	if (key !== '') return goAnswer(nowOf(asked), asked.request.headers[key.toLowerCase()] ?? '');
	return goAnswer(nowOf(asked), goJson(Object.fromEntries(sortedFields(asked.request).map(([name, value]) => [name, [value]]))));
};

const redirect: Handler = asked => {
	const form = formOf(asked.request);
	const [location, code] = [form.get('location') ?? '', form.get('code') ?? ''];
	goLog(asked.context, `${asked.request.method} /redirect?msg=${location}&code=${code}`);
	return goRedirect(nowOf(asked), asked.request, location, Number(code || 302));
};

const upload: Handler = asked => {
	asked.context.machine.sim.notes.notSimulated('agnhost netexec /upload');
	return goAnswer(nowOf(asked), 'kubelab: not simulated: agnhost netexec /upload\n', {status: 501});
};

export const handlers: Readonly<Record<string, Handler>> = {
	'/': root,
	'/clientip': asked => {
		goLog(asked.context, 'GET /clientip');
		return goAnswer(nowOf(asked), hostPort(asked.peer));
	},
	'/dial': dial,
	'/echo': echo,
	'/exit': exit,
	'/header': header,
	'/healthz': asked => {
		goLog(asked.context, 'GET /healthz');
		return goAnswer(nowOf(asked), '', {status: asked.flags.values.get('udp-port') === '-1' ? 412 : 200});
	},
	'/hostname': hostname('/hostname'),
	'/hostName': hostname('/hostName'),
	'/redirect': redirect,
	'/serverport': asked => {
		goLog(asked.context, 'GET /serverport');
		return goAnswer(nowOf(asked), asked.flags.values.get('http-port') ?? '8080');
	},
	'/shell': shell,
	'/shutdown': asked => {
		goLog(asked.context, 'GET /shutdown');
		asked.context.exit(0);
		return undefined;
	},
	'/upload': upload,
};
