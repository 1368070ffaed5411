# By the names of the pods; the Deployment written back changed.
KUBE_EDITOR="sed -i 's/mode: \"\"/mode: ipvs/'" kubectl -n kube-system edit cm kube-proxy
kubectl -n kube-system delete pod $(kubectl -n kube-system get pods -o wide | awk '/kube-proxy/ && /k8s-node1/ {print $1}')
ssh k8s-node1 dnf -y install ipvsadm
kubectl get deployment web -o yaml | sed 's/replicas: 2/replicas: 5/' | kubectl apply -f -
