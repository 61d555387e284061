#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes xml.json: HistFactory XML, its histograms as uproot reads them, and the workspace pyhf
0.7.6 makes of them (pyhf.readxml)."""
import json
import os
import pathlib
import tempfile

import numpy as np
import pyhf
import uproot
from pyhf import readxml
from uproot.writing import identify

FILES = {
    "top.xml": """<?xml version="1.0"?>
<!-- Every element pyhf reads, with defaults at every level. -->
<!DOCTYPE Combination SYSTEM 'HistFactorySchema.dtd'>
<Combination OutputFilePrefix="./results/x">
  <Input>./config/SR.xml</Input>
  <Input>config/CR.xml</Input>
  <Measurement Name="first" Lumi="2." LumiRelErr="0.05" ExportOnly="True">
    <POI> mu </POI>
    <ParamSetting Const="True">Lumi alpha_theory</ParamSetting>
    <ParamSetting Val="0.5">alpha_jes k_top</ParamSetting>
  </Measurement>
  <Measurement Name="second" Lumi="1" LumiRelErr="1e-1">
    <POI>mu</POI>
  </Measurement>
</Combination>
""",
    "config/SR.xml": """<!DOCTYPE Channel SYSTEM '../HistFactorySchema.dtd'>
<Channel Name="SR" InputFile="./data/one.root" HistoPath="/nominal">
  <Data HistoName="data"/>
  <Sample Name="signal" HistoName="signal" NormalizeByTheory="True">
    <NormFactor Name="mu" Val="1" Low="0." High="3."/>
    <OverallSys Name="theory" Low="0.9" High="1.15"/>
  </Sample>
  <Sample Name="t&amp;t" HistoName="top" InputFile="data/two.root" HistoPath="">
    <NormFactor Name="k_top" Val="1.1" Low="0" High="5" Const="True"/>
    <HistoSys Name="jes" HistoNameLow="top_lo" HistoPathLow="sys" HistoNameHigh="top_hi"
      HistoPathHigh="sys" HistoFileHigh="data/one.root"/>
    <StatError Activate="True"/>
    <ShapeSys Name="shape" HistoName="relative" ConstraintType="Poisson"/>
  </Sample>
  <Sample Name="fakes" HistoName="fakes">
    <StatError Activate="True" HistoName="relative" HistoPath="nominal"/>
    <ShapeFactor Name="free"/>
    <StatError Activate="False"/>
  </Sample>
</Channel>
""",
    "config/CR.xml": """<Channel Name="CR" InputFile="data/two.root">
  <Data HistoName="data_CR"/>
  <Sample Name="t&amp;t" HistoName="top_CR" NormalizeByTheory="False">
    <NormFactor Name="k_top" Val="1.1" Low="0" High="5" Const="True"/>
  </Sample>
</Channel>
""",
}
HISTOGRAMS = {
    "data/one.root": {
        "nominal/data": ([12, 30, 7], None), "nominal/signal": ([1.5, 2.5, 0.25], None),
        "nominal/fakes": ([4, 0, 2], [1, 0.5, 0.7]), "nominal/relative": ([0.1, 0.2, 0.05], None),
        "sys/top_hi": ([11, 21, 6], None)},
    "data/two.root": {
        "top": ([10, 20, 5], [2.5, 4, 1.5]), "relative": ([0.3, 0.2, 0.1], None),
        "sys/top_lo": ([9, 18.5, 4.5], None), "data_CR": ([99], None), "top_CR": ([90], [81])},
}


def th1(name, values, squares):
    values = np.asarray([0, *values, 0], dtype=">f8")
    axis = identify.to_TAxis("xaxis", "", len(values) - 2, 0.0, 1.0)
    squares = None if squares is None else np.asarray([0, *squares, 0], dtype=">f8")
    return identify.to_TH1x(name, "", values, 0.0, 0.0, 0.0, 0.0, 0.0, squares, axis)


target = pathlib.Path(__file__).resolve().with_name("xml.json")
output = {"texts": FILES, "histograms": {}}
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for path, text in FILES.items():
        pathlib.Path(path).parent.mkdir(exist_ok=True)
        pathlib.Path(path).write_text(text)
    pathlib.Path("data").mkdir()
    for path, histograms in HISTOGRAMS.items():
        with uproot.recreate(path) as file:
            for name, (values, squares) in histograms.items():
                file[name] = th1(name.split("/")[-1], values, squares)
        output["histograms"][path] = {
            name: dict(zip(
                ["contents", "uncertainties"],
                readxml.import_root_histogram(pathlib.Path, path, "", name)))
            for name in histograms}
    output["workspace"] = readxml.parse("top.xml", ".")
    pyhf.Workspace(output["workspace"])
target.write_text(json.dumps(output, indent=1))
