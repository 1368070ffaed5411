/** A string database, and RESP, the protocol that redis speaks (redis.io/docs/reference/protocol-spec). */
export type Data = Readonly<Record<string, string>>;

export interface Reply {
	/** As sent. */
	readonly text: string;
	readonly data?: Data;
}

const bulk = (text: string | undefined) => (text === undefined ? '$-1\r\n' : `$${text.length}\r\n${text}\r\n`);
const integer = (count: number): Reply => ({text: `:${count}\r\n`});
const list = (items: readonly string[]): Reply => ({text: `*${items.length}\r\n${items.map(bulk).join('')}`});
const ok: Reply = {text: '+OK\r\n'};
const wrongCount = (name: string): Reply => ({text: `-ERR wrong number of arguments for '${name.toLowerCase()}' command\r\n`});
const notInteger: Reply = {text: '-ERR value is not an integer or out of range\r\n'};

/** The words of the commands in a request: RESP arrays, or lines as typed into telnet. */
export function readCommands(bytes: string): string[][] {
	const commands: string[][] = [];
	let at = 0;
	const line = () => {
		const end = bytes.indexOf('\n', at);
		const text = bytes.slice(at, end < 0 ? bytes.length : end).replace(/\r$/, '');
		at = end < 0 ? bytes.length : end + 1;
		return text;
	};
	while (at < bytes.length) {
		const first = line();
		if (!first.startsWith('*')) {
			if (first.trim() !== '') commands.push(first.trim().split(/\s+/));
			continue;
		}

		const words: string[] = [];
		for (let left = Math.min(1024, Number(first.slice(1)) || 0); left > 0 && at < bytes.length; left--) {
			const length = Number(line().slice(1)) || 0;
			words.push(bytes.slice(at, at + length));
			at += length + 2;
		}

		if (words.length > 0) commands.push(words);
	}

	return commands;
}

const add = (data: Data, key: string, by: number): Reply => {
	const before = data[key] ?? '0';
	if (!/^-?\d{1,15}$/.test(before) || !Number.isSafeInteger(by)) return notInteger;
	const now = Number(before) + by;
	return {...integer(now), data: {...data, [key]: String(now)}};
};

const without = (data: Data, keys: readonly string[]): Data =>
	Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));

/** `*` and `?` of KEYS. */
function matching(data: Data, pattern: string): readonly string[] {
	const literal = (text: string) => text.replace(/[^\w]/g, '\\$&');
	if (pattern === '*') return Object.keys(data);
	const simple = new RegExp(`^${[...pattern].map(char => (char === '?' ? '.' : char === '*' ? '.*' : literal(char))).join('')}$`);
	return pattern.split('*').length > 3 ? [] : Object.keys(data).filter(key => simple.test(key));
}

interface Known {
	readonly least: number;
	readonly most: number;
	run(data: Data, args: readonly string[]): Reply;
}

/** What people try by hand, by name. */
export const commands: Readonly<Record<string, Known>> = {
	PING: {least: 0, most: 1, run: (_, [text]) => ({text: text === undefined ? '+PONG\r\n' : bulk(text)})},
	ECHO: {least: 1, most: 1, run: (_, [text]) => ({text: bulk(text)})},
	SET: {least: 2, most: 2, run: (data, [key, value]) => ({...ok, data: {...data, [key!]: value!}})},
	GET: {least: 1, most: 1, run: (data, [key]) => ({text: bulk(data[key!])})},
	MGET: {
		least: 1,
		most: 100,
		run: (data, keys) => ({text: `*${keys.length}\r\n${keys.map(key => bulk(data[key])).join('')}`}),
	},
	DEL: {least: 1, most: 100, run: (data, keys) => ({...integer(keys.filter(key => key in data).length), data: without(data, keys)})},
	EXISTS: {least: 1, most: 100, run: (data, keys) => integer(keys.filter(key => key in data).length)},
	INCR: {least: 1, most: 1, run: (data, [key]) => add(data, key!, 1)},
	DECR: {least: 1, most: 1, run: (data, [key]) => add(data, key!, -1)},
	INCRBY: {least: 2, most: 2, run: (data, [key, by]) => (/^-?\d+$/.test(by!) ? add(data, key!, Number(by)) : notInteger)},
	APPEND: {
		least: 2,
		most: 2,
		run(data, [key, more]) {
			const text = (data[key!] ?? '') + more!;
			return {...integer(text.length), data: {...data, [key!]: text}};
		},
	},
	STRLEN: {least: 1, most: 1, run: (data, [key]) => integer((data[key!] ?? '').length)},
	TYPE: {least: 1, most: 1, run: (data, [key]) => ({text: key! in data ? '+string\r\n' : '+none\r\n'})},
	TTL: {least: 1, most: 1, run: (data, [key]) => integer(key! in data ? -1 : -2)},
	KEYS: {least: 1, most: 1, run: (data, [pattern]) => list(matching(data, pattern!))},
	DBSIZE: {least: 0, most: 0, run: data => integer(Object.keys(data).length)},
	FLUSHALL: {least: 0, most: 1, run: () => ({...ok, data: {}})},
	FLUSHDB: {least: 0, most: 1, run: () => ({...ok, data: {}})},
	SELECT: {least: 1, most: 1, run: () => ok},
};

/** What redis answers to one command; `undefined` for one that is not known here. */
export function answer(data: Data, [name = '', ...args]: readonly string[]): Reply | undefined {
	const known = Object.hasOwn(commands, name.toUpperCase()) ? commands[name.toUpperCase()]! : undefined;
	if (!known) return undefined;
	return args.length < known.least || args.length > known.most ? wrongCount(name) : known.run(data, args);
}

/** Further commands that redis has; anything else is unknown to it, too. */
export const others: ReadonlySet<string> = new Set(
	`ACL AUTH BGREWRITEAOF BGSAVE BITCOUNT BLPOP BRPOP CLIENT CLUSTER COMMAND CONFIG COPY DEBUG DECRBY EVAL EXEC EXPIRE EXPIREAT FUNCTION GEOADD GETDEL
	GETEX GETRANGE GETSET HDEL HELLO HEXISTS HGET HGETALL HINCRBY HKEYS HLEN HMGET HMSET HSET HVALS INCRBYFLOAT INFO LATENCY LINDEX LINSERT LLEN LPOP LPUSH
	LRANGE LREM LSET LTRIM MEMORY MONITOR MSET MSETNX MULTI OBJECT PERSIST PEXPIRE PFADD PSETEX PSUBSCRIBE PTTL PUBLISH RANDOMKEY RENAME REPLICAOF RPOP RPUSH SADD
	SAVE SCAN SCARD SCRIPT SDIFF SETEX SETNX SETRANGE SHUTDOWN SINTER SISMEMBER SLAVEOF SMEMBERS SORT SPOP SREM SUBSCRIBE SUNION TIME UNLINK WATCH XADD XREAD
	ZADD ZCARD ZRANGE ZRANK ZREM ZSCORE`.split(/\s+/),
);
