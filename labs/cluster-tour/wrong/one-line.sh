# Without range all addresses stand on one line.
# misses: addresses
kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}' > nodes.txt
kubectl label node k8s-node1 env=test
kubectl label node k8s-node2 env=production
kubectl run hello --image myapp:v1 --dry-run=client -o yaml > hello.yaml
scp hello.yaml k8s-node1:/etc/kubernetes/manifests/
