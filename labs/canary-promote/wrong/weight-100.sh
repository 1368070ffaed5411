# if: pay-fails
# misses: shop-new, pay-old, kept
# end
# if: shop-fails
# misses: shop-old, pay-new, kept
# end
# All requests of the good one go to v2, none of the bad one: but the canaries stay, and somebody will trip over them.
# if: pay-fails
kubectl annotate --overwrite ingress shop-canary nginx.ingress.kubernetes.io/canary-weight=100
kubectl annotate --overwrite ingress pay-canary nginx.ingress.kubernetes.io/canary-weight=0
# end
# if: shop-fails
kubectl annotate --overwrite ingress pay-canary nginx.ingress.kubernetes.io/canary-weight=100
kubectl annotate --overwrite ingress shop-canary nginx.ingress.kubernetes.io/canary-weight=0
# end
