// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Reinterpretation

extension StatisticChoice: ExpressibleByArgument {}
