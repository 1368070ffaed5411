import {bcrypt} from '../../../tls/bcrypt.js';
import {md5Crypt, shaCrypt, shaPassword} from '../../../tls/password.js';
import type {Draw} from '../../../tls/rsa.js';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const salt = (length: number, draw: Draw) => Array.from({length}, () => alphabet[draw(64)]).join('');

/** By the letter of the option that asks for it; `-d` is missing: nothing here knows DES. */
export const hashes: Readonly<Record<string, (password: string, draw: Draw, cost: number) => string>> = {
	m: (password, draw) => md5Crypt(password, salt(8, draw), 'apr1'),
	s: password => shaPassword(password),
	p: password => password,
	B: (password, draw, cost) =>
		bcrypt(
			password,
			Uint8Array.from({length: 16}, () => draw(256)),
			cost,
		),
	'2': (password, draw) => shaCrypt(password, salt(16, draw), '5'),
	'5': (password, draw) => shaCrypt(password, salt(16, draw), '6'),
};
