import type {Random} from '../../../sim/random.js';
import {builtins} from '../../go-template/builtins.js';
import {type GoFunction, type GoFunctions, functionsOf} from '../../go-template/functions.js';
import {isMap} from '../../go-template/go-value.js';
import {fail} from './cast.js';
import {dicts, lists} from './collections.js';
import {data} from './data.js';
import {dates} from './dates.js';
import {logic, numbers} from './logic.js';
import {patterns, versions} from './patterns.js';
import {secrets} from './secrets.js';
import {strings} from './strings.js';

/** url.Parse as a dict, and back. */
const urls: Readonly<Record<string, GoFunction>> = {
	urlParse: [
		's',
		(text: string) => {
			const match = /^(?:([a-zA-Z][\w+.-]*):)?(?:\/\/(?:([^@/?#]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text);
			if (!match) return fail(`unable to parse url: parse ${JSON.stringify(text)}`);
			const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] = match;
			return {scheme, host, hostname: host.replace(/:\d*$/, ''), path, query, opaque: '', fragment, userinfo};
		},
	],
	urlJoin: [
		'm',
		(parts: unknown) => {
			const {
				scheme = '',
				userinfo = '',
				host = '',
				path = '',
				query = '',
				fragment = '',
			} = (isMap(parts) ? parts : {}) as Record<string, string>;
			return `${scheme ? `${scheme}:` : ''}${host ? `//${userinfo ? `${userinfo}@` : ''}${host}` : ''}${path}${query ? `?${query}` : ''}${fragment ? `#${fragment}` : ''}`;
		},
	],
	getHostByName: ['s', () => ''],
};

/** What Helm templates can call but `include`, `tpl`, `required` and `lookup`, which need the chart (helm/pkg/engine/funcs.go). */
export const sprig = (nowMs: number, random: Random): GoFunctions =>
	functionsOf(builtins, strings, lists, dicts, logic, numbers, data, patterns, versions, dates(nowMs), secrets(random), urls);
