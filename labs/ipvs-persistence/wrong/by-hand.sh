# Written into the table by hand: the next sync takes it away again.
# misses: persistent, own
for host in k8s-master k8s-node1 k8s-node2 reg; do ssh $host yum install -y ipvsadm; done
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
kubectl -n kube-system rollout status ds kube-proxy
for host in k8s-master k8s-node1 k8s-node2; do ssh $host ipvsadm -E -t 10.96.77.7:80 -s rr -p ${seconds}; done
sleep 90
