# As in the text.
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
kubectl -n kube-system rollout status ds kube-proxy
kubectl patch svc web -p '{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":${seconds}}}}}'
ssh reg yum install -y ipvsadm
ssh reg ipvsadm -A -t 172.25.254.250:8080 -s rr -p 120
ssh reg ipvsadm -a -t 172.25.254.250:8080 -r 172.25.254.10:30080 -m
ssh reg ipvsadm -a -t 172.25.254.250:8080 -r 172.25.254.20:30080 -m
