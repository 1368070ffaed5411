import type {Netstack} from '../../../net/netstack.js';
import {alerts} from '../../../net/tls.js';
import type {Effect, Run} from '../../../shell/command.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {nameText} from '../../../tls/name.js';
import {isForHost, type Verification, verifyChain} from '../../../tls/verify.js';
import {tlsChannel} from '../../net-client/http/channel.js';
import {resolve} from '../../net-client/resolve/resolve.js';
import {type Call, errorLine, type Tool} from './call.js';
import {loadKey} from './key-file.js';
import {handshakeText, type Peer, sessionTicket, withoutPeer} from './s-client-text.js';
import {trustedBySystem} from './trust.js';
import {loadCertificate} from './x509.js';

type Connection = ReturnType<Netstack['connect']>;

export const sClient: Tool = {
	name: 's_client',
	flags: 'showcerts quiet ign_eof no_ign_eof brief verify_return_error verify_quiet noservername tls1_2 tls1_3 no_tls1_3 crlf 4 prexit',
	values: 'connect host port servername CAfile cert key alpn verify verify_hostname verify_ip',
	refused:
		'6 starttls CApath CAstore no-CAfile no-CApath proxy debug msg trace state reconnect status sess_out sess_in keylogfile cipher ciphersuites curves groups dtls tls1 tls1_1 no_tls1_2 psk bind unix nextprotoneg early_data xmpphost name keyform certform pass cert_chain build_chain tlsextdebug nameopt verifyCAfile partial_chain x509_strict',
	*run(call): Run {
		const place = placeOf(call);
		if (typeof place === 'number') return place;
		const {machine} = call.io;
		const found = yield* resolve(machine, place.host);
		if ('error' in found)
			return call.fail(
				errorLine('10080002:BIO routines:BIO_lookup_ex:system lib:crypto/bio/bio_addr.c:758:Name or service not known'),
				'connect:errno=22',
			);
		const connection = machine.stack.connect(found.addresses[0]!, place.port);
		if (connection.outcome.kind !== 'connected') return yield* unconnected(call, connection);
		return yield* converse(call, place.host, connection);
	},
};

function placeOf(call: Call): {host: string; port: number} | number {
	const given = call.value('connect') ?? (call.rest[0] && !call.has('host') ? call.rest[0] : undefined);
	const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(given ?? '') ?? [];
	return {host: host || call.value('host') || 'localhost', port: Number(port ?? call.value('port') ?? 4433)};
}

const errors: Readonly<Record<string, readonly [code: string, number: number, text: string]>> = {
	refused: ['8000006F', 111, 'Connection refused'],
	timeout: ['8000006E', 110, 'Connection timed out'],
	reset: ['80000068', 104, 'Connection reset by peer'],
	unreachable: ['80000071', 113, 'No route to host'],
};

function* unconnected(call: Call, {outcome}: Connection): Generator<Effect, number, unknown> {
	if (outcome.kind === 'timeout') yield {sleepMs: 130_000};
	const kind = outcome.kind === 'unreachable' && outcome.code === 'port' ? 'refused' : outcome.kind;
	const [code, number, text] = errors[kind] ?? errors['unreachable']!;
	return call.fail(
		errorLine(`${code}:system library:BIO_connect:${text}:crypto/bio/bio_sock2.c:114:calling connect()`),
		errorLine('10000067:BIO routines:BIO_connect:connect error:crypto/bio/bio_sock2.c:116:'),
		`connect:errno=${number}`,
	);
}

function* converse(call: Call, host: string, connection: Connection): Generator<Effect, number, any> {
	const {io} = call;
	const own = ownCertificate(call);
	if (typeof own === 'number') return own;
	const trusted = trust(call);
	if (typeof trusted === 'number') return trusted;
	const isAddress = /^[\d.]+$/.test(host);
	const serverName = call.value('servername') ?? (call.has('noservername') || isAddress ? '' : host);
	const protocols = call.value('alpn')?.split(',');
	const nowMs = io.machine.sim.clock.now();
	const channel = tlsChannel(connection, {
		serverName,
		insecure: true,
		trusted: '',
		nowMs,
		protocols: protocols ?? [],
		...(own && {certificate: own}),
	});
	if ('failure' in channel) {
		const why = channel.alert
			? `0A000${(1000 + alerts[channel.alert][0]).toString(16).toUpperCase()}:SSL routines:ssl3_read_bytes:${alerts[channel.alert][1]}:ssl/record/rec_layer_s3.c:865:SSL alert number ${alerts[channel.alert][0]}`
			: '0A00010B:SSL routines:tls_validate_record_header:wrong version number:ssl/record/methods/tlsany_meth.c:77:';
		const closed = channel.failure === 'closed' || channel.failure === 'reset';
		io.err(`${closed ? 'write:errno=104' : errorLine(why)}\n`);
		io.out(`CONNECTED(00000003)\n${withoutPeer(closed ? 0 : 5)}`);
		return 1;
	}

	const hello = channel.hello!;
	const [leaf, ...others] = certificatesIn(hello.pem ?? '');
	const verification = verifyChain(leaf!, others, trusted, nowMs);
	const asked = call.value('verify_hostname') ?? call.value('verify_ip');
	const wrongName = asked !== undefined && !isForHost(leaf!, asked);
	const peer: Peer = {
		hello,
		leaf: leaf!,
		chain: [leaf!, ...others],
		verification,
		wrongName,
		isTls12: call.has('tls1_2') || call.has('no_tls1_3'),
		showAll: call.has('showcerts'),
		named: serverName !== '',
	};
	if (!serverName) io.err("Can't use SSL_get_servername\n");
	if (!call.has('brief') && !call.has('verify_quiet')) io.err(verifyLines(verification, peer));
	if (call.has('verify_return_error') && (verification.distrust || wrongName)) {
		io.err(
			`${errorLine('0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:ssl/statem/statem_clnt.c:2091:')}\n`,
		);
		connection.close();
		return 1;
	}

	if (call.has('brief')) io.err(handshakeText(peer, true));
	else if (!call.has('quiet')) io.out(handshakeText(peer, false));
	return yield* talk(call, channel.exchange, peer, connection);
}

function verifyLines({chain, distrust}: Verification, {leaf, wrongName}: Peer): string {
	const line = (depth: number, name: string) => `depth=${depth} ${name}\n`;
	const lines: string[] = [];
	if (wrongName) lines.push(`${line(0, nameText(leaf.subject))}verify error:num=62:hostname mismatch\nverify return:1\n`);
	if (distrust) {
		lines.push(
			`${line(distrust.depth, nameText(distrust.certificate.subject))}verify error:num=${distrust.code}:${distrust.text}\nverify return:1\n`,
		);
		// A chain that ends too early is looked at once more.
		if (distrust.code === 20)
			lines.push(
				`${line(distrust.depth, nameText(distrust.certificate.subject))}verify error:num=21:unable to verify the first certificate\nverify return:1\n`,
			);
	}

	return (
		lines.join('') +
		[...chain]
			.map((each, depth) => `${line(depth, nameText(each.subject))}verify return:1\n`)
			.reverse()
			.join('')
	);
}

type Exchange = ReturnType<typeof tlsChannel> extends infer C ? (C extends {exchange: infer E} ? E : never) : never;

/** Lines that are typed go to the server once they make a request; the end of input, or Q, ends it. */
function* talk(call: Call, exchange: Exchange, peer: Peer, connection: Connection): Generator<Effect, number, any> {
	const {io} = call;
	const patient = call.has('ign_eof') || (call.has('quiet') && !call.has('no_ign_eof'));
	let text = '';
	let typed = false;
	for (;;) {
		const read: string | undefined = yield {read: 'line'};
		const line = read?.replace(/\r$/, '');
		if (line === undefined && text === '') break;
		if (!typed && !call.has('quiet') && !call.has('brief')) io.out(sessionTicket(peer, io.machine.sim));
		typed = true;
		if (line === 'Q' && !patient) break;
		text += `${line ?? ''}\r\n`;
		if (line !== undefined && line !== '') continue;
		const answer = exchange(text);
		text = '';
		if (answer.delayMs > 0) yield {sleepMs: answer.delayMs};
		if (answer.alert) {
			const [number, words] = alerts[answer.alert];
			io.err(
				`${errorLine(`0A000${(1000 + number).toString(16).toUpperCase()}:SSL routines:ssl3_read_bytes:${words}:ssl/record/rec_layer_s3.c:865:SSL alert number ${number}`)}\n`,
			);
			return 1;
		}

		io.out(Buffer.from(answer.bytes, 'latin1').toString('utf8'));
		if (answer.end !== 'open') {
			if (!call.has('quiet')) io.err('closed\n');
			return 0;
		}

		if (line === undefined) break;
	}

	connection.close();
	if (!call.has('quiet')) io.err('DONE\n');
	return 0;
}

function ownCertificate(call: Call): string | undefined | number {
	const file = call.value('cert');
	if (file === undefined) return undefined;
	const key = loadKey(call, call.value('key') ?? file, 'client certificate private key');
	if (typeof key === 'number') return key;
	const certificate = loadCertificate(call, file, 'client certificate');
	return typeof certificate === 'number' ? certificate : call.readText(file, 'client certificate')!;
}

function trust(call: Call) {
	const file = call.value('CAfile');
	const {files} = call.io.machine;
	if (file === undefined) return trustedBySystem(files);
	if (!files.exists(call.io.path(file)))
		return call.fail(
			errorLine(`80000002:system library:BIO_new_file:No such file or directory:crypto/bio/bss_file.c:67:calling fopen(${file}, r)`),
		);
	return certificatesIn(files.readText(call.io.path(file)));
}
