import {createPrivateKey, type KeyObject} from 'node:crypto';
import {objectId, octets, sequence, integer} from '../../../tls/der.js';
import {type Curve, curveNamed, curves, generateEc} from '../../../tls/elliptic.js';
import {pem} from '../../../tls/pem.js';
import {privateKeyText} from '../../../tls/key-text.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {coverFlags, coverOf, isDer, writePem, writePrivate} from './key-file.js';
import {newRsaKey, rsaObject} from './keys.js';
import {rsaProgress} from './progress.js';

/** Curves of openssl that are not here. */
const otherCurves = /^(?:sec[pt]\d+[rk]\d|prime(?:192|239)v\d|c2.*|brainpool.*|wap-.*|SM2|Oakley-.*)$/;

/** What `-newkey` and `-algorithm` name, made; a number is the exit status. `say` has the dots of the search for primes. */
export function newKey(call: Call, algorithm: string, options: ReadonlyMap<string, string>, say: boolean): KeyObject | number {
	switch (algorithm.toUpperCase()) {
		case 'RSA': {
			const size = options.get('rsa_keygen_bits') ?? '2048';
			const key = newRsaKey(call, Number(size));
			if (typeof key === 'number') return key;
			if (say) call.io.err(rsaProgress(call.draw));
			return rsaObject(key);
		}

		case 'EC': {
			const name = options.get('ec_paramgen_curve');
			if (name === undefined)
				return call.fail(
					'genpkey: Error generating EC key',
					errorLine('0800007C:elliptic curve routines:EC_KEY_generate_key:missing parameters:crypto/ec/ec_key.c:256:'),
				);
			const curve = curveOrStatus(call, name);
			return typeof curve === 'number' ? curve : generateEc(curve, call.draw);
		}

		case 'ED25519': {
			const seed = Uint8Array.from({length: 32}, () => call.draw(256));
			const bytes = sequence(integer(0n), sequence(objectId('1.3.101.112')), octets(octets(seed)));
			return createPrivateKey({key: Buffer.from(bytes), format: 'der', type: 'pkcs8'});
		}

		case 'RSA-PSS':
		case 'X25519':
		case 'X448':
		case 'ED448':
		case 'DH':
		case 'DHX':
		case 'DSA':
		case 'SM2':
			return refuse(call.io, `keys of type ${algorithm.toUpperCase()}`);
		default:
			return call.fail(
				`Error initializing ${algorithm} context`,
				errorLine(
					`0308010C:digital envelope routines:inner_evp_generic_fetch:unsupported:crypto/evp/evp_fetch.c:355:Global default library context, Algorithm (${algorithm} : 0), Properties (<null>)`,
				),
			);
	}
}

function curveOrStatus(call: Call, name: string): Curve | number {
	const curve = curveNamed(name);
	if (curve) return curve;
	if (otherCurves.test(name)) return refuse(call.io, `the curve ${name}`);
	return call.fail(
		`${call.tool === 'ecparam' ? 'unable to generate key' : 'genpkey: Error setting ec_paramgen_curve:' + name + ' parameter:'}`,
		errorLine('0800008D:elliptic curve routines:group_new_from_name:invalid curve:crypto/ec/ec_lib.c:1490:'),
	);
}

export const keyOptions = (call: Call): Map<string, string> =>
	new Map(call.all('pkeyopt').map(each => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)]));

export const genpkey: Tool = {
	name: 'genpkey',
	flags: `text quiet verbose ${coverFlags}`,
	values: 'algorithm pkeyopt out outform pass',
	refused: 'paramfile genparam cipher engine config provider provider-path propquery outpubkey',
	*run(call) {
		const algorithm = call.value('algorithm');
		if (algorithm === undefined) return call.fail('genpkey: Use -help for summary.');
		const key = newKey(call, algorithm, keyOptions(call), !call.has('quiet'));
		if (typeof key === 'number') return key;
		const cover = yield* coverOf(call, ['pass']);
		if (typeof cover === 'number') return cover;
		const status = writePrivate(call, key, false, cover);
		if (call.has('text')) call.io.out(privateKeyText(key));
		return status;
	},
};

const descriptions: Readonly<Record<string, string>> = {
	prime256v1: 'X9.62/SECG curve over a 256 bit prime field',
	secp384r1: 'NIST/SECG curve over a 384 bit prime field',
	secp521r1: 'NIST/SECG curve over a 521 bit prime field',
};

export const ecparam: Tool = {
	name: 'ecparam',
	flags: 'genkey noout text list_curves check no_seed',
	values: 'name in out outform param_enc conv_form',
	refused: 'inform check_named C rand writerand engine provider provider-path propquery',
	*run(call) {
		// Red Hat's build has these and secp224r1, secp256k1.
		if (call.has('list_curves')) {
			const rows = ['secp224r1 : NIST/SECG curve over a 224 bit prime field', 'secp256k1 : SECG curve over a 256 bit prime field'];
			for (const line of [...rows, ...[curves[1]!, curves[2]!, curves[0]!].map(({name}) => `${name}: ${descriptions[name]}`)])
				call.io.out(`  ${line}\n`);
			return 0;
		}

		const name = call.value('name');
		if (name === undefined) return refuse(call.io, 'openssl ecparam without -name');
		const curve = curveOrStatus(call, name);
		if (typeof curve === 'number') return curve;
		const key = call.has('genkey') ? generateEc(curve, call.draw) : undefined;
		if (call.has('text'))
			call.io.out(`EC-Parameters: (${curve.order.toString(2).length} bit)\nASN1 OID: ${curve.name}\nNIST CURVE: ${curve.nist}\n`);
		const parameters = call.has('noout') ? '' : pem('EC PARAMETERS', objectId(curve.id));
		if (!key) return call.has('noout') ? 0 : writePem(call, 'EC PARAMETERS', objectId(curve.id));
		const own = key.export({type: 'sec1', format: 'der'});
		return call.write(isDer(call, 'outform') ? own : parameters + pem('EC PRIVATE KEY', own), call.value('out'), 0o600) ? 0 : 1;
	},
};
