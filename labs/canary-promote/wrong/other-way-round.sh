# if: pay-fails
# misses: shop-new, pay-old, kept
# end
# if: shop-fails
# misses: shop-old, pay-new, kept
# end
# The bad one was promoted.
# if: pay-fails
kubectl patch ingress pay --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"pay-v2"}]'
# end
# if: shop-fails
kubectl patch ingress shop --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/name","value":"shop-v2"}]'
# end
kubectl delete ingress shop-canary pay-canary
