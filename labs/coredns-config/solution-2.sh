# The ConfigMap written as a whole, the pods restarted at once.
cat > Corefile <<EOF
.:53 {
    log
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa
    hosts {
        ${ip} printer.lilee.org
        fallthrough
    }
    forward . /etc/resolv.conf
}
EOF
kubectl -n kube-system create configmap coredns --from-file Corefile --dry-run=client -o yaml | kubectl -n kube-system replace -f -
kubectl -n kube-system rollout restart deployment coredns
kubectl apply -f - <<EOF
apiVersion: v1
kind: Pod
metadata: {name: quick}
spec:
  containers: [{name: shell, image: "busyboxplus:latest", command: [sleep, "3600"]}]
  dnsConfig:
    options:
      - name: ndots
        value: "1"
EOF
kubectl -n kube-system rollout status deployment coredns
yum install -y bind-utils
dig +short printer.lilee.org @10.96.0.10
