# A stream edit of the Corefile; a pod by override.
kubectl -n kube-system get cm coredns -o yaml | sed 's/^        errors/        errors\n        log\n        hosts {\n           ${ip} printer.lilee.org\n           fallthrough\n        }/' | kubectl apply -f -
kubectl run quick --image=busyboxplus:latest --overrides '{"spec":{"dnsConfig":{"options":[{"name":"ndots","value":"1"}]}}}' -- sleep 3600
sleep 150
dig +short printer.lilee.org @10.96.0.10 || yum install -y bind-utils
dig +short printer.lilee.org @10.96.0.10
