# SPDX-License-Identifier: Apache-2.0
"""pyhf's operations on workspaces."""
import json

import pyhf


def named(question):
    return {
        key: question[key]
        for key in ("channels", "samples", "modifiers", "modifier_types", "measurements")
        if key in question
    }


def workspace(question, key="workspace"):
    return pyhf.Workspace(question[key])


def prune(question):
    return dict(workspace(question).prune(**named(question)))


def rename(question):
    return dict(workspace(question).rename(**named(question)))


def combine(question):
    return dict(
        pyhf.Workspace.combine(
            workspace(question, "left"), workspace(question, "right"), join=question["join"],
            merge_channels=question["merge"]))


def sort(question):
    return dict(pyhf.Workspace.sorted(workspace(question)))


def digest(question):
    return pyhf.utils.digest(question["workspace"])


def patch(question):
    """The workspace after the named patch of a patchset, which is verified first."""
    return dict(pyhf.PatchSet(question["patchset"]).apply(workspace(question), question["name"]))


def canonical(question):
    """The text that digests are taken of."""
    return json.dumps(question["workspace"], sort_keys=True, ensure_ascii=False)
