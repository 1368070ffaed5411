# Restarting pods helps nobody; the port of the Service was changed instead of the target port.
# misses: shop, cart, apart
kubectl rollout restart deployment shop cart
kubectl patch svc cart --type json -p '[{"op":"replace","path":"/spec/ports/0/port","value":8080}]'
