# One stream edit of the ConfigMap, a rolling restart, then the table of reg.
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/; s/scheduler: ""/scheduler: "sh"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
kubectl -n kube-system rollout status ds kube-proxy
# checkpoint: scheduler
ssh reg yum install -y ipvsadm
ssh reg ipvsadm -A -t 172.25.254.250:80 -s wrr
ssh reg ipvsadm -a -t 172.25.254.250:80 -r 172.25.254.10:30080 -m -w 3
ssh reg ipvsadm -a -t 172.25.254.250:80 -r 172.25.254.20:30080 -m -w 1
