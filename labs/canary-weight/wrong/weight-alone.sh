# The weight without canary: "true" is refused; put on the main Ingress it means nothing.
# misses: share, total
kubectl annotate ingress shop nginx.ingress.kubernetes.io/canary-weight='${percent}0' nginx.ingress.kubernetes.io/canary-weight-total=1000
