import test from 'ava';
import {bcrypt, matchesBcrypt} from '../../source/tls/bcrypt.js';
import {matchesPassword, md5Crypt, shaCrypt, shaPassword} from '../../source/tls/password.js';

// What `openssl passwd` and crypt(3) say.
test('hashes are those of the real tools', t => {
	t.is(md5Crypt('x', 'abcdefgh', 'apr1'), '$apr1$abcdefgh$82JubPF2dQkt1tVfvLnXS.');
	t.is(md5Crypt('x', 'abc', '1'), '$1$abc$OGyl6dDvZCDiGmIVbeuCq/');
	t.is(shaCrypt('x', 'abc', '5'), '$5$abc$sCOGUciM.GdmYMCUvmUcgu03oRH87O0clF96.9mwWGB');
	t.is(
		shaCrypt('x', 'abcdefgh', '6'),
		'$6$abcdefgh$D7W7qyozKBT.t6FD3DVYHvADbIO0eSyI4.p20LaEUjro8PqTGYYo/EQcuNjhFbzo9Yg5ir1KIEqFY/yJpgFph0',
	);
	t.is(shaPassword('lee'), '{SHA}ze269DMhdlbp35QN1TVDir7Z90w=');
});

test('bcrypt gives the published vectors', t => {
	for (const [password, entry] of [
		['a', '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe'],
		['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
		['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	] as const) {
		t.true(matchesBcrypt(password, entry), entry);
	}

	t.regex(bcrypt('lee', new Uint8Array(16)), /^\$2y\$05\$.{53}$/);
});

test('an entry matches its own password and no other', t => {
	const salt = Uint8Array.from({length: 16}, (_, i) => i * 7);
	for (const entry of [
		md5Crypt('lee', 'qwertzui', 'apr1'),
		shaCrypt('lee', 'salt', '6'),
		shaPassword('lee'),
		bcrypt('lee', salt),
		'{PLAIN}lee',
	]) {
		t.true(matchesPassword('lee', entry), entry);
		t.false(matchesPassword('Lee', entry), entry);
	}

	// Without a mark it would be crypt(3) of old: nginx lets nobody in.
	t.false(matchesPassword('lee', 'lee'));
	t.is(matchesPassword('lee', '$y$j9T$abc$def'), undefined);
});
