# Without fallthrough the plugin hosts answers for every name that comes to it.
# misses: ndots, cluster
kubectl -n kube-system get cm coredns -o yaml | sed 's/^        errors/        errors\n        log\n        hosts {\n           ${ip} printer.lilee.org\n        }/' | kubectl apply -f -
sleep 150
yum install -y bind-utils
dig +short printer.lilee.org @10.96.0.10
