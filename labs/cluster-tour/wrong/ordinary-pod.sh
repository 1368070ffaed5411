# An ordinary pod with the name of a mirror pod, pinned to the node: no file of the kubelet stands behind it.
# misses: static-pod
kubectl get nodes -o jsonpath='{range .items[*]}{.status.addresses[?(@.type=="InternalIP")].address}{"\n"}{end}' > nodes.txt
kubectl label node k8s-node1 env=test
kubectl label node k8s-node2 env=production
kubectl run hello-k8s-node1 --image myapp:v1 --overrides '{"spec":{"nodeName":"k8s-node1"}}'
