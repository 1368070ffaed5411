# Round robin looks at no weights.
# misses: weights
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/; s/scheduler: ""/scheduler: "sh"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
ssh reg yum install -y ipvsadm
ssh reg ipvsadm -A -t 172.25.254.250:80 -s rr
ssh reg ipvsadm -a -t 172.25.254.250:80 -r 172.25.254.10:30080 -m -w 3
ssh reg ipvsadm -a -t 172.25.254.250:80 -r 172.25.254.20:30080 -m -w 1
