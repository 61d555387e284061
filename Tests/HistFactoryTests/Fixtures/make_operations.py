# SPDX-License-Identifier: Apache-2.0
"""What pyhf 0.7.6 makes of small workspaces: python3 make_operations.py writes operations.json."""
import json

import pyhf
from pyhf import Workspace
def nf(n): return {"name":n,"type":"normfactor","data":None}
def ns(n,lo,hi): return {"name":n,"type":"normsys","data":{"lo":lo,"hi":hi}}
def hs(n,lo,hi): return {"name":n,"type":"histosys","data":{"lo_data":lo,"hi_data":hi}}
left={"channels":[
 {"name":"SR","samples":[
  {"name":"signal","data":[5.0,3.0],"modifiers":[nf("mu"),ns("jes",0.9,1.1)]},
  {"name":"bkg","data":[50.0,60.0],"modifiers":[hs("jes",[48.0,57.0],[53.0,62.0]),{"name":"stat_SR","type":"staterror","data":[3.0,4.0]}]}]},
 {"name":"CR","samples":[
  {"name":"bkg","data":[100.0,110.0],"modifiers":[ns("jes",0.95,1.05),{"name":"stat_CR","type":"staterror","data":[6.0,7.0]},{"name":"shape_CR","type":"shapesys","data":[5.0,5.5]}]}]}],
 "observations":[{"name":"SR","data":[54.0,66.0]},{"name":"CR","data":[101.0,108.0]}],
 "measurements":[{"name":"meas","config":{"poi":"mu","parameters":[{"name":"mu","bounds":[[0.0,5.0]],"inits":[1.0]},{"name":"stat_CR","inits":[1.0,1.1]}]}},
  {"name":"other","config":{"poi":"mu","parameters":[]}}],"version":"1.0.0"}
right={"channels":[
 {"name":"VR","samples":[{"name":"bkg","data":[20.0],"modifiers":[ns("jes",0.8,1.2),{"name":"free","type":"shapefactor","data":None}]}]},
 {"name":"SR","samples":[
  {"name":"fakes","data":[2.0,1.0],"modifiers":[ns("fake_rate",0.5,1.5)]},
  {"name":"bkg","data":[50.0,61.0],"modifiers":[]}]}],
 "observations":[{"name":"SR","data":[54.0,66.0]},{"name":"VR","data":[19.0]}],
 "measurements":[{"name":"meas","config":{"poi":"mu","parameters":[{"name":"mu","bounds":[[0.0,5.0]],"inits":[1.0]},{"name":"fake_rate","inits":[0.5]}]}},
  {"name":"third","config":{"poi":"mu","parameters":[]}}],"version":"1.0.0"}
disjoint={"channels":[right["channels"][0]],"observations":[right["observations"][1]],"measurements":[right["measurements"][1]],"version":"1.0.0"}
L,R,D=Workspace(left),Workspace(right),Workspace(disjoint)
out={"left":left,"right":right,"disjoint":disjoint}
def attempt(name,f):
    try: out[name]=dict(f())
    except Exception as e: out[name]={"error":type(e).__name__+": "+str(e).splitlines()[0]}
attempt("prune_channels",lambda:L.prune(channels=["CR"]))
attempt("prune_samples",lambda:L.prune(samples=["signal"]))
attempt("prune_modifiers",lambda:L.prune(modifiers=["jes","stat_CR"]))
attempt("prune_types",lambda:L.prune(modifier_types=["staterror","shapesys"]))
attempt("prune_measurements",lambda:L.prune(measurements=["meas"]))
attempt("prune_everything",lambda:L.prune(channels=["CR"],samples=["signal"],modifiers=["jes"],modifier_types=["staterror"],measurements=["other"]))
attempt("prune_bkg",lambda:L.prune(samples=["bkg"]))
attempt("prune_unknown",lambda:L.prune(channels=["XX"]))
attempt("rename",lambda:L.rename(channels={"SR":"CR","CR":"SR"},samples={"bkg":"background"},modifiers={"mu":"mu_SIG","stat_CR":"gamma"},measurements={"meas":"fit"}))
attempt("sorted_left",lambda:Workspace.sorted(L))
attempt("sorted_right",lambda:Workspace.sorted(R))
for a,b,n in [(L,R,"right"),(L,D,"disjoint"),(L,L,"left")]:
    for j in ["none","outer","left outer","right outer"]:
        for m in [False,True]:
            attempt(f"combine|{n}|{j}|{m}",lambda:Workspace.combine(a,b,join=j,merge_channels=m))
for n,w in [("left",L),("right",R)]:
    # What pyhf.utils.digest takes the digest of.
    out["digest_"+n]={"sha256":pyhf.utils.digest(w),"canonical":json.dumps(w,sort_keys=True,ensure_ascii=False)}
patchset={"metadata":{"references":{"hepdata":"ins1234567"},"description":"signals","digests":{"sha256":out["digest_left"]["sha256"]},"labels":["m"],"colour":"set"},
 "patches":[{"metadata":{"name":"point_100","values":[100],"colour":"patch","author":"x"},"patch":[{"op":"replace","path":"/channels/0/samples/0/data","value":[7,4.5]},{"op":"add","path":"/measurements/0/config/parameters/-","value":{"name":"jes","inits":[0.5]}}]},
  {"metadata":{"name":"point_200","values":[200]},"patch":[]}],"version":"1.0.0"}
out["patchset"]=patchset
P=pyhf.PatchSet(patchset)
attempt("patched",lambda:P.apply(L,"point_100"))
out["extracted"]=P["point_100"].patch
# As pyhf's command line does it.
out["extracted_with_metadata"]={"metadata":{**P["point_100"].metadata,**P.metadata},"patch":P["point_100"].patch}
m=L.model()
attempt("build",lambda:Workspace.build(m,L.data(m)))
json.dump(out,open("operations.json","w"),sort_keys=True,separators=(",",":"))
