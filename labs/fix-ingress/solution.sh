# Patches.
# if: class
kubectl patch ingress shop -p '{"spec":{"ingressClassName":"nginx"}}'
# end
# if: port
kubectl patch ingress shop --type json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port/number","value":80}]'
# end
# if: secret
kubectl annotate --overwrite ingress shop nginx.ingress.kubernetes.io/auth-secret=door
# end
# if: endpoints
kubectl patch svc shop --type json -p '[{"op":"remove","path":"/spec/selector/release"}]'
# end
