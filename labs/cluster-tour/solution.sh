# Step by step, as in the text.
kubectl get nodes -o jsonpath='{range .items[*]}{.status.addresses[?(@.type=="InternalIP")].address}{"\n"}{end}' > nodes.txt
kubectl label node k8s-node1 env=test
kubectl label node k8s-node2 env=production
kubectl run hello --image myapp:v1 --dry-run=client -o yaml > hello.yaml
scp hello.yaml k8s-node1:/etc/kubernetes/manifests/
