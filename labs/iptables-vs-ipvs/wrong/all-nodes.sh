# Every pod is restarted: the whole cluster switches.
# misses: mixed
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
ssh k8s-node1 yum install -y ipvsadm
kubectl scale deployment web --replicas 5
