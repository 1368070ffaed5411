# The selectors were loosened too far: every pod with a template hash, those of other applications too.
# misses: apart, shop
kubectl label pods --all tier=app
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/selector","value":{"tier":"app"}}]'
kubectl patch svc cart -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
