import {parseReference} from '../../../node/image/image-reference.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

/** Which flags go together, in the order in which kubectl looks (debug.go, Validate). Says what `--target` can promise, too. */
export function checkDebug(call: Call, names: readonly string[], command: readonly string[]): void {
	const {flags, session} = call;
	const has = (name: string) => flags.string(name) !== '';
	if (flags.changed('attach') && flags.bool('attach') && !has('image') && !has('container'))
		throw failure('you must specify --container or create a new container using --image in order to attach.');
	if (has('copy-to')) checkCopy(call, command);
	else checkInPlace(call);
	if (has('image') && isBroken(flags.string('image')))
		throw failure(`invalid image name ${JSON.stringify(flags.string('image'))}: invalid reference format`);
	if (names.length === 0 && flags.list('filename').length === 0) throw failure('NAME or filename is required for debug');
	if (has('image-pull-policy') && !['Always', 'IfNotPresent', 'Never'].includes(flags.string('image-pull-policy')))
		throw failure(`invalid image pull policy: ${flags.string('image-pull-policy')}`);
	for (const pair of flags.list('set-image')) {
		const [name, image] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
		if (isBroken(image))
			throw failure(`invalid image name ${JSON.stringify(image)} for container ${JSON.stringify(name)}: invalid reference format`);
	}

	const target = flags.string('target');
	if (target && has('copy-to')) throw failure('--target is incompatible with --copy-to. Use --share-processes instead.');
	if (target && !flags.bool('quiet'))
		session.out(
			`Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
		);
	if (flags.bool('tty') && !flags.bool('stdin')) throw failure('-i/--stdin is required for containers with -t/--tty=true');
}

const isBroken = (image: string) => 'error' in parseReference(image);

function checkCopy({flags}: Call, command: readonly string[]): void {
	const image = flags.string('image');
	if (image === '' && flags.list('set-image').length === 0 && command.length === 0)
		throw failure('you must specify --image, --set-image or command arguments.');
	if (command.length > 0 && flags.string('container') === '' && image === '')
		throw failure('you must specify an existing container or a new image when specifying args.');
}

function checkInPlace({flags}: Call): void {
	if (flags.bool('replace')) throw failure('--replace may only be used with --copy-to.');
	if (flags.bool('same-node')) throw failure('--same-node may only be used with --copy-to.');
	if (flags.list('set-image').length > 0) throw failure('--set-image may only be used with --copy-to.');
	if (flags.string('image') === '') throw failure('you must specify --image when not using --copy-to.');
}
