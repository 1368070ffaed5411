/** Of every host: what `uname -r`, `kubectl get nodes -o wide` and the paths of modules say. */
export const kernelRelease = '5.14.0-570.12.1.el9_6.x86_64';
