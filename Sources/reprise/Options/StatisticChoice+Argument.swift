// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Reinterpretation

extension StatisticChoice: ExpressibleByArgument {}
extension HistosysCode: ExpressibleByArgument {}
extension NormsysCode: ExpressibleByArgument {}
extension JoinChoice: ExpressibleByArgument {}
extension DigestChoice: ExpressibleByArgument {}
extension ShapesysChoice: ExpressibleByArgument {}
extension SimplificationKind: ExpressibleByArgument {}
