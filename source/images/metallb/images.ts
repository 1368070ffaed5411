import type {Image} from '../../node/image/image.js';
import {controller} from './controller.js';
import {speaker} from './speaker.js';

const variant = {
	command: [],
	workingDir: '/',
	files: {'/etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n'},
};

/** Distroless: no shell, no tools. */
export const metallbController: Image = {
	repository: 'quay.io/metallb/controller',
	tags: {'v0.14.8': {...variant, sizeBytes: 27_859_834, entrypoint: ['/controller']}},
	program: controller,
	tools: [],
};

export const metallbSpeaker: Image = {
	repository: 'quay.io/metallb/speaker',
	tags: {'v0.14.8': {...variant, sizeBytes: 47_626_841, entrypoint: ['/speaker']}},
	program: speaker,
	tools: [],
};
