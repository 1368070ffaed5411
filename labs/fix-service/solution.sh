# Patches.
# if: selector
kubectl patch svc shop -p '{"spec":{"selector":{"tier":"front"}}}'
# end
# if: target-port
kubectl patch svc shop --type json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]'
# end
# if: probe
kubectl patch deployment shop --type json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/index.html"}]'
# end
