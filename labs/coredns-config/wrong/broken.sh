# A misspelt plugin: restarted pods crash.
# misses: name, log, cluster
kubectl -n kube-system get cm coredns -o yaml | sed 's/^        errors/        errors\n        logg\n/' | kubectl apply -f -
kubectl -n kube-system delete pod -l k8s-app=kube-dns
kubectl run quick --image=busyboxplus:latest --overrides '{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"1"}]}}}' -- sleep 3600
sleep 60
